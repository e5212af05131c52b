// Words of projects in English: the sample, taking photos in, copies, compacting, originals that changed.
// Every key exists in zh-CN/projects.ts too: a test compares them.

export const projects = {
  sample: 'Try a sample photo',
  new: 'New project',
  saveCopy: 'Save a copy…',
  compact: 'Compact',
  compactHint: 'Frees the room of previews and outdated results. They are made again when needed.',
  savedAlways: 'Everything is saved as you go.',
  copyTitle: 'Save a copy of the project',
  copyPlace: 'Where the copy goes',
  copyPlaceHint: 'A folder of this name is made there, with all originals and results.',
  copy: 'Save the copy',
  copied: 'The copy was saved: {{path}}',
  openCopy: 'Open the copy',
  compacted: '{{size}} freed',
  openTitle: 'Open a project',
  openPlace: 'Folder or document of the project',
  openPlaceHint: 'The folder of the project, or the file that ends with .heirloom.',
  openIt: 'Open',
  copyName: '{{name}} copy',
  importing: 'Adding photos',
  importProgress: '{{done}} of {{total}}',
  importCancel: 'Stop adding',
  missing_one: '1 original is no longer in the project: {{names}}',
  missing_other: '{{count}} originals are no longer in the project: {{names}}',
  changed_one: '1 original was changed by another program: {{names}}',
  changed_other: '{{count}} originals were changed by another program: {{names}}',
  problemNext: 'Add the same file again to put it right. Your edits are kept.',
  andMore: '{{names}} and {{count}} more',
  checkAgain: 'Check again',
};

/** The shape every language has. Languages without a singular form leave the _one keys out. */
type WithoutSingular<T> = {
  [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string
    ? string
    : WithoutSingular<T[K]>;
};
export type ProjectsMessages = WithoutSingular<typeof projects>;
