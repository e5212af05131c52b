// What a photo's edits say so far, as the panel shows it: the steps up to the cursor, later ones winning.
// Pure. Pixels follow main's recipe; this only knows what was chosen by hand.
import type { Background, History, MonochromeMode } from '#shared/domain/edit.ts';
import type { FaceId, ModelId } from '#shared/domain/ids.ts';

export interface ChosenForFace {
  readonly enabled?: boolean;
  readonly fidelity?: number;
  readonly strength?: number;
  readonly modelId?: ModelId | null;
  readonly removed?: boolean;
}

export interface ChosenSettings {
  readonly restorerId?: ModelId;
  readonly fidelity?: number;
  readonly background?: Background;
  readonly scale?: number;
  readonly monochrome?: MonochromeMode;
  readonly faces: ReadonlyMap<FaceId, ChosenForFace>;
}

export function foldSettings(history: History): ChosenSettings {
  let settings: Omit<ChosenSettings, 'faces'> = {};
  const faces = new Map<FaceId, ChosenForFace>();
  const change = (faceId: FaceId, chosen: ChosenForFace): void => {
    faces.set(faceId, { ...faces.get(faceId), ...chosen });
  };
  for (const { sequence, edit } of history.steps) {
    if (sequence > history.cursor) break;
    switch (edit.kind) {
      case 'face.set-enabled':
        change(edit.faceId, { enabled: edit.enabled });
        break;
      case 'face.set-fidelity':
        change(edit.faceId, { fidelity: edit.fidelity });
        break;
      case 'face.set-strength':
        change(edit.faceId, { strength: edit.strength });
        break;
      case 'face.set-model':
        change(edit.faceId, { modelId: edit.modelId });
        break;
      case 'face.add':
        change(edit.faceId, { removed: false });
        break;
      case 'face.remove':
        change(edit.faceId, { removed: true });
        break;
      case 'photo.set-restorer':
        settings = { ...settings, restorerId: edit.modelId };
        break;
      case 'photo.set-fidelity':
        settings = { ...settings, fidelity: edit.fidelity };
        break;
      case 'photo.set-background':
        settings = { ...settings, background: edit.background };
        break;
      case 'photo.set-scale':
        settings = { ...settings, scale: edit.scale };
        break;
      case 'photo.set-monochrome':
        settings = { ...settings, monochrome: edit.mode };
        break;
    }
  }
  return { ...settings, faces };
}
