// The faces of a photo as the panel and the marks show them: numbered, with what the edits say of each.

import type { Face } from '#shared/domain/face.ts';
import type { PhotoId } from '#shared/domain/ids.ts';
import type { Recipe } from '#shared/domain/recipe.ts';
import { defaultFidelity } from '#shared/domain/recipe.ts';
import { useFaces, useRecipe } from '../../bridge/use-answers.ts';
import type { ChosenSettings } from '../edits/fold-settings.ts';
import { useEdits } from '../edits/use-edits.ts';
import type { FaceState } from './FaceRow.tsx';

export function useFaceStates(photoId: PhotoId): readonly FaceState[] {
  const { data: faces } = useFaces(photoId);
  const { data: recipe } = useRecipe(photoId);
  const { chosen } = useEdits(photoId);
  return faceStates(faces ?? [], recipe, chosen);
}

/** Pure. What the recipe says of a face wins; a face that is off is not in it, so then the edits speak. */
export function faceStates(
  faces: readonly Face[],
  recipe: Recipe | undefined,
  chosen: ChosenSettings,
): readonly FaceState[] {
  return faces
    .filter(({ id }) => chosen.faces.get(id)?.removed !== true)
    .map((face, index) => {
      const own = chosen.faces.get(face.id);
      const inRecipe = recipe?.faces.find(({ faceId }) => faceId === face.id);
      return {
        face,
        number: index + 1,
        isEnabled: own?.enabled ?? true,
        fidelity: inRecipe?.fidelity ?? own?.fidelity ?? chosen.fidelity ?? defaultFidelity,
        strength: inRecipe?.strength ?? own?.strength ?? 1,
      };
    });
}
