// Words of one face's settings in English: looks to choose from, before and after.
// Every key exists in zh-CN/faces.ts too: a test compares them.

export const faces = {
  before: 'Before',
  after: 'After',
  notYet: 'Not restored yet',
  preparing: 'Preparing a live picture',
  strip: {
    open: 'Choose by eye',
    close: 'Hide the choices',
    title: 'Face {{number}}: which one is it?',
    hint: 'Arrow keys try, Enter takes.',
    original: 'Original',
    option: 'Fidelity {{value}}',
    rendering: 'Rendering five pictures',
    failed: 'The pictures could not be made.',
    oneLook: '{{name}} has no fidelity setting: it restores every face in its one way.',
  },
};

export type FacesMessages = typeof faces;
