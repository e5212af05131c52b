// The models as text: the list, sizes, and the line of a running download. Pure.
import type { ModelPurpose, ModelStatus } from '#shared/domain/model.ts';
import type { ModelsMessages } from '#shared/messages/en/models.ts';
import { interpolate } from '#shared/messages/interpolate.ts';

const barWidth = 24;

/** Decimal megabytes, as disks and download pages count them. */
export function sizeInWords(byteSize: number | null, words: ModelsMessages): string {
  if (byteSize === null) return words.sizeUnknown;
  if (byteSize < 1e6) return `${Math.max(1, Math.round(byteSize / 1e3))} kB`;
  return byteSize < 1e9 ? `${(byteSize / 1e6).toFixed(1)} MB` : `${(byteSize / 1e9).toFixed(2)} GB`;
}

/** One block per purpose, best first. */
export function drawModelList(statuses: readonly ModelStatus[], words: ModelsMessages): string[] {
  const purposes = [...new Set(statuses.map((status) => status.entry.purpose))];
  const idWidth = Math.max(0, ...statuses.map((status) => status.entry.id.length));
  return purposes.flatMap((purpose, index) => [
    ...(index === 0 ? [] : ['']),
    words.purposes[purpose],
    ...drawPurpose(purpose, statuses, idWidth, words),
  ]);
}

function drawPurpose(
  purpose: ModelPurpose,
  statuses: readonly ModelStatus[],
  idWidth: number,
  words: ModelsMessages,
): string[] {
  const ofPurpose = statuses.filter((status) => status.entry.purpose === purpose);
  const bestToDownload = ofPurpose
    .filter(({ entry }) => entry.container === 'pth' || entry.contract.interface !== 'none')
    .reduce<ModelStatus | null>(
      (best, status) => (best && best.entry.rank > status.entry.rank ? best : status),
      null,
    );
  return [...ofPurpose]
    .sort((a, b) => b.entry.rank - a.entry.rank)
    .flatMap((status) => {
      const { entry, state } = status;
      const mark = state === 'installed' ? '●' : state === 'damaged' ? '!' : ' ';
      const line = `  ${mark} ${entry.id.padEnd(idWidth)}  ${entry.name} · ${factsOf(status, words).join(' · ')}`;
      const isLite =
        entry.isBundled && purpose === 'face-restoration' && bestToDownload?.state !== 'installed';
      const note = interpolate(words.liteNote, { id: bestToDownload?.entry.id ?? '' });
      return isLite ? [line, `    ${' '.repeat(idWidth)}  ${note}`] : [line];
    });
}

function factsOf({ entry, state, receivedBytes }: ModelStatus, words: ModelsMessages): string[] {
  const facts = [words.states[state], sizeInWords(entry.byteSize, words)];
  if (entry.isBundled) facts.push(words.isPartOfHeirloom);
  if (state === 'not-installed' && receivedBytes > 0 && entry.byteSize !== null) {
    facts.push(interpolate(words.partlyHere, { percent: percentOf(receivedBytes, entry.byteSize) }));
  }
  if (entry.container === 'onnx' && entry.contract.interface === 'none') facts.push(words.onlyListed);
  facts.push(entry.licence.name);
  if (entry.licence.isNonCommercial) facts.push(words.nonCommercial);
  if (entry.licence.isUnverified) facts.push(words.unverifiedLicence);
  return facts;
}

/** For example `██████░░░░  42 %  158.3 MB of 377.0 MB  4.1 MB/s  0:53 left`. */
export function drawDownload(
  { entry, receivedBytes, bytesPerSecond, etaSeconds }: ModelStatus,
  words: ModelsMessages,
): string {
  const received = sizeInWords(receivedBytes, words);
  const rate = bytesPerSecond === null ? '–' : sizeInWords(bytesPerSecond, words);
  if (entry.byteSize === null) return interpolate(words.progressOfUnknown, { received, rate });
  return interpolate(words.progress, {
    ...drawShare(receivedBytes / entry.byteSize),
    received,
    total: sizeInWords(entry.byteSize, words),
    rate,
    eta: etaSeconds === null ? '–' : clock(etaSeconds),
  });
}

/** A bar and a percentage of a fraction 0..1. */
export function drawShare(fraction: number): { bar: string; percent: string } {
  const filled = Math.min(barWidth, Math.round(fraction * barWidth));
  return {
    bar: '█'.repeat(filled) + '░'.repeat(barWidth - filled),
    percent: String(percentOf(fraction, 1)).padStart(3),
  };
}

/** For example `██████░░░░  42 %  converting CodeFormer`. */
export function drawConversion({ entry, receivedBytes }: ModelStatus, words: ModelsMessages): string {
  const fraction = entry.byteSize === null ? 0 : receivedBytes / entry.byteSize;
  return interpolate(words.convertingProgress, { ...drawShare(fraction), name: entry.name });
}

function percentOf(part: number, whole: number): number {
  return Math.min(100, Math.floor((part / whole) * 100));
}

/** 75 -> "1:15"; 3700 -> "1:01:40". */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}
