// Words of `heirloom models`. {{name}} marks a value.
import type { ModelPurpose, ModelState } from '../../domain/model.ts';

const purposes: Record<ModelPurpose, string> = {
  'face-restoration': 'Face restoration',
  'face-detection': 'Face detection',
  'face-landmarks': 'Face landmarks',
  'face-parsing': 'Face parsing',
  'face-recognition': 'Face recognition',
  upscaling: 'Upscaling',
  colourisation: 'Colourisation',
  inpainting: 'Inpainting',
};

const states: Record<ModelState, string> = {
  'not-installed': 'not installed',
  queued: 'waiting',
  downloading: 'downloading',
  verifying: 'checking',
  converting: 'converting',
  installed: 'installed',
  'awaiting-conversion': 'here, not converted',
  damaged: 'damaged',
};

export const models = {
  usage: `Usage
  heirloom models list                            every model, where it stands and its licence
  heirloom models download ID [--accept-licence]  fetch a model; a stopped download goes on
  heirloom models import FILE [--accept-licence]  take in a file you have; its name does not matter
  heirloom models convert FILE.pth [-o FOLDER]    turn any PyTorch checkpoint of a known network into ONNX
  heirloom models verify                          check every file against its published SHA-256
  heirloom models remove ID                       delete a model

      --precision fp32|fp16                       of a conversion (default: fp32)
      --blend OTHER.pth --share NUMBER            mix two checkpoints of one network; NUMBER 0 … 1 is the first one's part
      --overwrite                                 replace an earlier conversion in FOLDER
      --json                                      one JSON line per event on standard output

Checkpoints are converted here, without Python, and nothing in them is run. Known networks: CodeFormer (restoration,
colourisation, inpainting), GFPGAN (clean), RestoreFormer, RetinaFace (ResNet-50, MobileNet-0.25), YOLOv5-face (l, n),
ParseNet, BiSeNet, RRDBNet (Real-ESRGAN, Real-ESRNet), SRVGGNetCompact (Real-ESRGAN general, animevideo).

Models lie in {{folder}}. HEIRLOOM_MODELS_DIR names another folder.
Exit code: 0 all done, 2 wrong use, 3 some failed.
`,
  unknownAction: 'Unknown action: {{name}}',
  unknownOption: 'Cannot use these options: {{problem}}',
  oneNeeded: {
    id: 'Name one model. heirloom models list shows them.',
    file: 'Name one file.',
    none: 'This action takes no names.',
  },
  purposes,
  states,
  isPartOfHeirloom: 'part of Heirloom',
  partlyHere: '{{percent}} % here',
  onlyListed: 'not usable yet',
  nonCommercial: 'non-commercial',
  unverifiedLicence: 'licence unverified',
  sizeUnknown: 'size unknown',
  liteNote: 'Lite: instant, 256 px detail. CodeFormer is better: heirloom models download {{id}}',
  licence: {
    nonCommercial: '{{name}} may not be used commercially: {{licence}}.',
    unverified: 'The terms of {{name}} could not be verified: {{licence}}.',
    readIt: 'Read it here: {{url}}',
    question: 'Do you accept this licence?',
    hint: 'Add --accept-licence once you have read it.',
  },
  started: 'Downloading {{name}}, {{size}}',
  progress: '{{bar}} {{percent}} %  {{received}} of {{total}}  {{rate}}/s  {{eta}} left',
  progressOfUnknown: '{{received}}  {{rate}}/s',
  converting: 'Converting {{name}}, {{size}}',
  convertingProgress: '{{bar}} {{percent}} %  converting {{name}}',
  converted: '{{fileName}} is {{architecture}}. Converted to {{folder}}, {{size}}.',
  convertedBefore: '{{fileName}} is {{architecture}}. It was converted already: {{folder}}, {{size}}.',
  alreadyThere: '{{name}} is installed already.',
  downloaded: '{{name}} is installed.',
  imported: '{{fileName}} is {{name}}. It is installed now.',
  awaitsConversion: '{{name}} is here and intact, but not converted.',
  verified: '{{name}}: intact',
  wrong: '{{name}}: wrong. {{sentence}} {{next}}',
  nothingToVerify: 'No model files are here.',
  removed: '{{name}} is removed.',
  stopped: 'Stopped. The same command goes on from here.',
};
export type ModelsMessages = typeof models;
