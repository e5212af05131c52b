// Words of one face's settings in English: looks to choose from, before and after.
// Every key exists in zh-CN/faces.ts too: a test compares them.

export const faces = {
  before: 'Before',
  after: 'After',
  notYet: 'Not restored yet',
  preparing: 'Preparing live',
  paste: {
    open: 'Edge, size and colour',
    close: 'Fewer settings',
    mask: 'What is laid back',
    masks: { 'face-and-hair': 'Face and hair', face: 'Face only', 'no-glasses': 'Without the glasses' },
    noParser:
      'A soft oval is used. With a face parser installed, hair or glasses of the photo can be kept exactly.',
    getParser: 'See face parsers',
    expand: 'Edge',
    expandOf: 'Edge of face {{number}}',
    expandLow: 'Tighter',
    expandHigh: 'Wider',
    feather: 'Softness of the edge',
    featherOf: 'Softness of the edge of face {{number}}',
    featherLow: 'As usual',
    featherHigh: 'Softer',
    upscaler: 'Enlarge this face with',
    noUpscaler: 'No model',
    model: 'Restorer of this face',
    photoModel: 'As the photo: {{name}}',
    matchColour: 'Match the colours of the photo',
    matchColourHint: 'Photos kept in black and white or one tint are matched anyway.',
  },
  paint: {
    open: 'Paint, fill and colour',
    close: 'Hide painting',
    paint: 'Paint',
    clear: 'Take all back',
    layers: {
      mask: {
        open: 'Paint the mask',
        explained: 'Only what you paint is laid back; the rest stays as it was.',
        painted_one: 'Laid back where 1 stroke goes.',
        painted_other: 'Laid back where {{count}} strokes go.',
        label:
          'Mask of face {{number}}: paint what is laid back. Arrow keys move the brush, Space paints, square brackets change the size, X erases',
      },
      holes: {
        open: 'Paint what is missing',
        explained:
          'Tears, scratches and stains you paint are filled by a model, which makes up what was there.',
        painted_one: '1 stroke is filled. What is seen there is made up.',
        painted_other: '{{count}} strokes are filled. What is seen there is made up.',
        label:
          'What is missing of face {{number}}: paint tears, scratches and stains. Arrow keys move the brush, Space paints, square brackets change the size, X erases',
      },
    },
    colouring: 'Colour',
    colouringOf: 'Colour of face {{number}}',
    colouringLow: 'As it is',
    colouringHigh: 'Full colour',
    needs: {
      inpainting: 'This needs a model for damage repair.',
      colourisation: 'Colouring a face needs a model for it.',
    },
    getModel: 'See models',
  },
  reset: 'Reset this face',
  copy: {
    toFaces: 'Copy to the other faces',
    toPhotos: 'Copy to all photos …',
    title: 'Copy the settings of face {{number}} to all photos?',
    what_one: 'Every face of the 1 photo in this project gets the same model, fidelity, strength and edge.',
    what_other:
      'Every face of all {{count}} photos in this project gets the same model, fidelity, strength and edge.',
    after:
      'Faces that are switched off stay off. Each photo is then restored again; each can be undone by itself.',
    start_one: 'Copy and restore 1 photo',
    start_other: 'Copy and restore {{count}} photos',
  },
  advice: {
    title: 'What was seen:',
    seen: {
      small: 'small',
      blurred: 'blurred',
      noisy: 'grainy',
      blocky: 'marked by compression',
      clear: 'clear',
    },
    suggests: 'Fidelity {{value}} suits it.',
    leaveClear: 'Better left alone: it is clear already.',
    leaveTooLittle: 'Better left alone: too little is left to tell who it is.',
    take: 'Use the suggestion',
    takeOf: 'Use the suggestion for face {{number}}',
    taken: 'In use.',
    takeAll: 'Use suggestions for all faces',
    allTaken: 'All suggestions are in use.',
    leaveSmall: 'Small faces',
    leaveBlurred: 'Blurred faces',
    off: 'Restored',
    belowPx: 'Left alone below {{value}} px',
    detailBelowPx: 'Left alone below {{value}} px of detail',
    options: 'Faces to leave alone',
  },
  crop: 'The face as it will be cut out',
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
