// Words of the history panel in English: every step of a photo's editing, and versions with a name.
// Every key exists in zh-CN/history.ts too: a test compares them.

export const history = {
  title: 'History',
  steps: 'Steps. Arrow keys move, Enter goes there.',
  start: 'As it came in',
  undone: '{{step}} (undone)',
  none: 'Every change you make is listed here.',
  step: {
    enabled: 'Face {{number}}: restore',
    disabled: 'Face {{number}}: left alone',
    faceFidelity: 'Face {{number}}: fidelity {{value}}',
    faceStrength: 'Face {{number}}: strength {{value}}',
    faceModel: 'Face {{number}}: {{model}}',
    faceModelOfPhoto: 'Face {{number}}: the photo’s restorer',
    faceAdded: 'Face {{number}} added',
    faceRemoved: 'Face {{number}} removed',
    faceOther: 'Face {{number}}: another setting',
    restorer: 'Face restorer: {{model}}',
    fidelity: 'All faces: fidelity {{value}}',
    background: 'Background: {{model}}, {{value}}',
    plainBackground: 'Background: enlarged without a model',
    scale: 'Size: {{value}}×',
    monochrome: 'Colour: {{mode}}',
    other: 'Another setting',
  },
  /** In place of a number, for a face that is no longer there. */
  unknownFace: '?',
  versions: 'Versions',
  name: 'Name of this version',
  save: 'Keep version',
  open: 'Go to version {{name}}',
  remove: 'Forget version {{name}}',
  keptBefore: 'Before “{{name}}”',
  restored: 'restored',
};

export type HistoryMessages = typeof history;
