// What an exported film is called at first. Pure.

/** "garden.avi" with a result "….mp4": "garden restored.mp4". A folder of pictures has no ending. */
export function suggestFilmName(fileName: string, resultFileName: string, suffix: string): string {
  const base = fileName.replace(/\.[^.]{1,5}$/, '');
  const ending = /\.[^.]{1,5}$/.exec(resultFileName)?.[0] ?? '';
  return `${base} ${suffix}${ending}`;
}
