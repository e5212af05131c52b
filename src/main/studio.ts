// The studio without a window: what a host (Electron, browser) carries. start-studio.ts builds one.
import type { Reply } from '#shared/contract/commands.ts';
import type { HeirloomEvent } from '#shared/contract/events.ts';
import type { FilmRequest } from '#shared/contract/films.ts';
import type { PictureRequest } from '#shared/contract/pictures.ts';
import type { UploadId } from '#shared/domain/ids.ts';

/** What a host can do that the services cannot: dialogs, downloads. */
export interface HostAbilities {
  readonly host: 'electron' | 'browser';
  /** Native dialog; null where there is none (command.not-available-here). Cancelled: empty array. */
  readonly chooseFiles:
    | ((request: { purpose: string; suggestedName?: string | undefined }) => Promise<string[]>)
    | null;
  /** Makes a file fetchable by the window and returns its address; null where exports go straight to a path. */
  readonly offerDownload: ((file: { path: string; fileName: string }) => string) | null;
  /** Tells the system of an opened document (recent documents). */
  readonly noteRecentDocument: ((path: string) => void) | null;
}

export interface StudioOptions {
  /** Settings, recent projects, untitled projects, staging. HEIRLOOM_DATA_DIR wins. */
  readonly dataFolder: string;
  readonly abilities: HostAbilities;
  /** Built application: engine entry, bundled models, catalogue. See locations.ts. */
  readonly appRoot: string;
  /** How the engine process is started; utilityProcess in Electron, child_process.fork elsewhere. */
  readonly spawnEngine: SpawnEngine;
  readonly openPaths: readonly string[];
}

/** A started engine process behind one channel type. */
export interface EngineProcess {
  readonly pid: number | undefined;
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null, signal: string | null) => void): void;
  /** Lines that native libraries print; a start that can hear them forwards them to the log. */
  onOutput?(listener: (line: string) => void): void;
  /** At once, without asking (SIGKILL). */
  kill(): void;
}
export type SpawnEngine = (entryPath: string) => EngineProcess;

export interface Studio {
  /** Parses the input, runs the handler, answers with a value or an error; never throws. */
  dispatch(name: string, input: unknown): Promise<Reply>;
  onEvent(listener: (event: HeirloomEvent) => void): () => void;
  /** File of a picture, made on first use. Errors: photo.not-found, result.not-found, photo.original-missing. */
  pictureFile(request: PictureRequest): Promise<{ path: string; contentType: string }>;
  /** File of a film or of a frame, made on first use. Errors: clip.*, video.*, file.not-found. */
  filmFile(request: FilmRequest): Promise<{ path: string; contentType: string; isLasting: boolean }>;
  /** Takes in bytes from a browser window; the id is then used in photos.import or models.import. */
  stageUpload(fileName: string, body: AsyncIterable<Uint8Array>): Promise<UploadId>;
  /** Files handed over later by the system (second instance, double click). */
  openPaths(paths: readonly string[]): void;
  hasRunningJobs(): boolean;
  close(): Promise<void>;
}
