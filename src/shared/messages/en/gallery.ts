// Words of the gallery in English: the grid of all photos, its search and filters, work on many photos at once.
// Every key exists in zh-CN/gallery.ts too: a test compares them.

export const gallery = {
  page: 'Gallery',
  grid: 'All photos of the project',
  gridHint: 'Arrow keys move, Space selects, Enter opens, Delete removes.',
  itemName: '{{fileName}}, {{state}}',
  itemDate: '{{fileName}}, {{date}}, {{state}}',
  pageOf: '{{fileName}}, page {{page}}',
  search: 'Search by name or date',
  clearSearch: 'Clear the search',
  filter: 'Show',
  all: 'All',
  states: {
    new: 'New',
    'faces-found': 'Faces found',
    restored: 'Restored',
    'edited-since': 'Edited since',
    failed: 'Failed',
  },
  working: 'In progress',
  sort: 'Sort by',
  sorts: { imported: 'Date added', name: 'Name', taken: 'Date taken', state: 'State' },
  ascending: 'Smallest or oldest first',
  descending: 'Largest or newest first',
  size: 'Size of the pictures',
  shown_one: '1 photo',
  shown_other: '{{count}} photos',
  shownOf: '{{shown}} of {{count}}',
  noMatch: 'No photo matches',
  noMatchHint: 'Nothing here has this name, date or state.',
  showAll: 'Show all photos',
  loading: 'Loading the photos',
  add: 'Add photos',
  addPhotos: 'Choose photos…',
  addFolder: 'Choose a folder…',
  addHint: 'Photos can also be dropped on this window or pasted.',
  selected_one: '1 selected',
  selected_other: '{{count}} selected',
  selection: 'Selected photos',
  selectAll: 'Select all',
  clear: 'Clear the selection',
  open: 'Open',
  remove: 'Remove',
  removed_one: '1 photo was removed from the project. Its original stays on the disk.',
  removed_other: '{{count}} photos were removed from the project. Their originals stay on the disk.',
  putBack: 'Put back',
  restore: 'Restore',
  export: 'Export',
  preset: 'How to restore',
  presets: {
    own: 'As set in each photo',
    sharper: 'Sharper',
    balanced: 'Balanced',
    faithful: 'More like the photo',
  },
  queued_one: '1 photo is in the queue',
  queued_other: '{{count}} photos are in the queue',
  upToDate_one: '1 was restored like this before',
  upToDate_other: '{{count}} were restored like this before',
  notQueued: '{{fileName}} cannot be restored now',
  notQueuedMore_one: '1 photo cannot be restored now',
  notQueuedMore_other: '{{count}} photos cannot be restored now',
  before: 'Before',
  after: 'After',
};

/** The shape every language has. Languages without a singular form leave the _one keys out. */
type WithoutSingular<T> = {
  [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string
    ? string
    : WithoutSingular<T[K]>;
};
export type GalleryMessages = WithoutSingular<typeof gallery>;
