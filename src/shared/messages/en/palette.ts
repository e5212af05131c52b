// Words of the command palette and of the first-run tour in English. Every key exists in zh-CN/palette.ts too.

export const palette = {
  title: 'What would you like to do?',
  field: 'Action, page, project or photo',
  placeholder: 'Type a few letters',
  found: 'What fits',
  nothing: 'Nothing fits. Try other letters.',
  groups: { actions: 'Action', pages: 'Page', projects: 'Project', photos: 'Photo', films: 'Film' },
  goTo: 'Go to {{name}}',
  openProject: 'Open {{name}}',
  tour: 'Show me around',
  key: 'Do anything by typing',
  steps: {
    label: 'A look around, step {{step}} of {{count}}',
    skip: 'Skip',
    back: 'Back',
    next: 'Next',
    done: 'Begin',
    welcome: {
      title: 'Welcome to Heirloom',
      text: 'Drop a photo here, or try the sample. Your originals are never changed, and nothing leaves this computer.',
    },
    faces: {
      title: 'Every face is yours to judge',
      text: 'Faces are found by themselves. For each one you choose how much of the real person stays: sharper, or more like the photo.',
    },
    compare: {
      title: 'Before and after',
      text: 'Move the line across the picture, or hold B to see the original. Nothing is final: every step can be undone, also tomorrow.',
    },
    help: {
      title: 'When you are stuck',
      text: '{{key}} finds everything by name, ? lists the keys. Models, with their licences, have a page of their own.',
    },
  },
};

export type PaletteMessages = typeof palette;
