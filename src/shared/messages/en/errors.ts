// Every error in plain words: what happened, and what to do next. {{name}} marks a value.
import type { ErrorCode } from '../../errors/codes.ts';

export const errors: Record<ErrorCode, { sentence: string; next: string }> = {
  'command.unknown': {
    sentence: 'This action does not exist: {{name}}.',
    next: 'Update Heirloom, then try again.',
  },
  'command.invalid-input': {
    sentence: 'The action could not be understood: {{problem}}',
    next: 'Check the values, then try again.',
  },
  'command.not-available-here': {
    sentence: 'This action needs the desktop window.',
    next: 'Start the desktop application.',
  },
  'host.unreachable': {
    sentence: 'Heirloom has stopped, or this page belongs to an earlier start of it.',
    next: 'Start Heirloom again and open the address it prints. Originals and edits are safe.',
  },
  'file.not-found': {
    sentence: 'The file {{fileName}} is not there.',
    next: 'Check whether it was moved or renamed.',
  },
  'file.unreadable': {
    sentence: 'The file {{fileName}} cannot be read.',
    next: 'Check its permissions, then try again.',
  },
  'file.empty': {
    sentence: 'The file {{fileName}} is empty.',
    next: 'Copy it again from where it came from.',
  },
  'file.not-a-picture': {
    sentence: '{{fileName}} is not a picture.',
    next: 'Choose a JPEG, PNG, TIFF, WebP, AVIF, GIF or BMP file.',
  },
  'file.damaged': {
    sentence: '{{fileName}} is damaged or incomplete.',
    next: 'Copy it again from where it came from. The file was not changed.',
  },
  'file.format-unsupported': {
    sentence: '{{fileName}} is a {{format}} file, which cannot be opened here.',
    next: 'Save it as TIFF, PNG or JPEG in the program that made it, then open that file.',
  },
  'file.too-large': {
    sentence: '{{fileName}} has {{megapixels}} megapixels; the limit is {{limitMegapixels}}.',
    next: 'Split or reduce the scan, then open it again.',
  },
  'output.not-writable': {
    sentence: 'Nothing can be written to {{path}}.',
    next: 'Choose another folder, or change its permissions.',
  },
  'output.disk-full': {
    sentence: 'The disk is full: {{path}} was not written.',
    next: 'Free some space, then try again. Nothing was lost.',
  },
  'output.exists': {
    sentence: '{{path}} exists already.',
    next: 'Choose another name, or allow overwriting.',
  },
  'output.is-input': {
    sentence: '{{path}} is the original itself.',
    next: 'Choose another name or folder. Originals are overwritten only when asked for.',
  },
  'output.too-large': {
    sentence: 'The result would have {{megapixels}} megapixels, more than {{format}} can hold.',
    next: 'Choose a smaller scale, or TIFF or PNG.',
  },
  'engine.start-failed': {
    sentence: 'The picture engine did not start.',
    next: 'Restart Heirloom. If it happens again, look at the details.',
  },
  'engine.version-mismatch': {
    sentence: 'The picture engine is of another version.',
    next: 'Install Heirloom again.',
  },
  'engine.crashed': {
    sentence: 'The picture engine stopped unexpectedly, twice. Originals and edits are safe.',
    next: 'Try again with a smaller scale, or with the processor instead of the graphics device.',
  },
  'engine.not-responding': {
    sentence: 'The picture engine did not answer and was restarted.',
    next: 'Try again.',
  },
  'engine.out-of-memory': {
    sentence: 'There was not enough memory for this picture.',
    next: 'Close other programs or choose a smaller scale, then try again.',
  },
  'device.unavailable': {
    sentence: 'The device {{device}} cannot be used on this computer.',
    next: 'Choose another device in the settings.',
  },
  'model.unknown': {
    sentence: 'There is no model called {{modelId}}.',
    next: 'Choose one from the list of models.',
  },
  'model.not-installed': {
    sentence: 'The model {{name}} is not installed.',
    next: 'Download it on the models page, or import its file.',
  },
  'model.wrong-digest': {
    sentence: 'The model file {{fileName}} is not the published one and was not loaded.',
    next: 'Remove it and download it again, or import an intact copy.',
  },
  'model.load-failed': {
    sentence: 'The model {{name}} could not be loaded.',
    next: 'Verify it on the models page; download it again if it is damaged.',
  },
  'model.wrong-output': {
    sentence: 'The model {{name}} gave an unusable answer.',
    next: 'Choose another model or device, then try again.',
  },
  'model.needs-conversion': {
    sentence: 'The model {{name}} is here, but its PyTorch file has not been converted.',
    next: 'Convert it on the models page, or choose the ready-made ONNX version.',
  },
  'model.checkpoint-damaged': {
    sentence: '{{fileName}} is not a whole PyTorch checkpoint: {{reason}}.',
    next: 'Copy or download it again.',
  },
  'model.checkpoint-refused': {
    sentence: '{{fileName}} asks for {{global}}, which is more than tensors need. Nothing of it was run.',
    next: 'Take the checkpoint from its authors. Do not open this file with other programs.',
  },
  'model.architecture-unknown': {
    sentence: 'The network in {{fileName}} is none that Heirloom can convert.',
    next: 'heirloom models convert --help lists the networks it knows.',
  },
  'model.convert-failed': {
    sentence: '{{fileName}} could not be converted as {{architecture}}: {{reason}}.',
    next: 'Take the checkpoint from its authors, or choose a ready-made ONNX version.',
  },
  'model.licence-not-accepted': {
    sentence: 'The licence of {{name}} ({{licence}}) has not been accepted.',
    next: 'Read the licence, then accept it to go on.',
  },
  'model.download-failed': {
    sentence: 'The download of {{name}} did not finish: {{reason}}',
    next: 'Try again; it goes on where it stopped. Or import the file.',
  },
  'model.no-address': {
    sentence: 'No download address is known for {{name}}.',
    next: 'Import the file if you have it.',
  },
  'model.no-space': {
    sentence: 'There is not enough room for {{name}}: {{neededMb}} MB are needed, {{freeMb}} MB are free.',
    next: 'Free some space or move the models folder.',
  },
  'model.import-unrecognised': {
    sentence: '{{fileName}} is not one of the known models.',
    next: 'Compare its SHA-256 with the one on the models page.',
  },
  'model.bundled': {
    sentence: '{{name}} is part of Heirloom and stays.',
    next: 'Choose another model to remove.',
  },
  'model.busy': {
    sentence: '{{name}} is being downloaded or checked.',
    next: 'Wait until that has ended, or cancel it.',
  },
  'model.folder-not-usable': {
    sentence: 'The folder {{path}} cannot hold models.',
    next: 'Choose an empty folder that can be written to.',
  },
  'project.not-found': {
    sentence: 'The project {{path}} is not there.',
    next: 'Check whether it was moved or renamed.',
  },
  'project.none-open': { sentence: 'No project is open.', next: 'Open a project or drop a photo.' },
  'project.not-a-project': {
    sentence: '{{path}} is not a Heirloom project.',
    next: 'Choose a file that ends with .heirloom.',
  },
  'project.damaged': {
    sentence: 'The project {{path}} is damaged and was not changed.',
    next: 'An untouched copy is kept at {{copyPath}}. The originals beside it are intact.',
  },
  'project.newer-version': {
    sentence: 'The project {{path}} was made by a newer Heirloom.',
    next: 'Update Heirloom to open it.',
  },
  'project.read-only': {
    sentence:
      'The project is shown read-only: another window has it open, or its folder cannot be written to.',
    next: 'Close the other window or copy the folder, then open the project again.',
  },
  'project.exists': { sentence: 'There is already something at {{path}}.', next: 'Choose another name.' },
  'photo.not-found': { sentence: 'That photo is not in the project.', next: 'Refresh the gallery.' },
  'photo.original-missing': {
    sentence: 'The original of {{fileName}} is missing from the project folder.',
    next: 'Put the file back, or import the photo again.',
  },
  'clip.not-found': { sentence: 'That film is not in the project.', next: 'Open it again.' },
  'clip.file-missing': {
    sentence: '{{fileName}} is not where it was: {{path}}.',
    next: 'Put it back, or choose where it is now.',
  },
  'clip.other-content': {
    sentence: '{{fileName}} is another film than the one you are looking for.',
    next: 'Choose the file that was moved, or open this one as a film of its own.',
  },
  'clip.busy': {
    sentence: '{{fileName}} is being worked on.',
    next: 'Wait until that is done, or stop it first.',
  },
  'clip.no-result': {
    sentence: '{{fileName}} has not been restored yet.',
    next: 'Restore it first.',
  },
  'face.not-found': { sentence: 'That face is not in the photo.', next: 'Find the faces again.' },
  'face.landmarks-unusable': {
    sentence: 'The five points of this face lie on one spot or one line, so it cannot be straightened.',
    next: 'Mark the eyes, the nose and the corners of the mouth again.',
  },
  'job.not-found': { sentence: 'That task does not exist any more.', next: 'Start it again.' },
  'job.not-cancellable': { sentence: 'That task has already ended.', next: 'Nothing needs to be done.' },
  'result.not-found': {
    sentence: 'That result does not exist any more.',
    next: 'Restore the photo again; your settings are kept.',
  },
  'edit.nothing-to-undo': { sentence: 'There is nothing to undo.', next: 'Nothing needs to be done.' },
  'edit.nothing-to-redo': { sentence: 'There is nothing to redo.', next: 'Nothing needs to be done.' },
  'edit.no-such-position': {
    sentence: 'The history has no such step.',
    next: 'Choose a step of the list.',
  },
  'version.not-found': {
    sentence: 'That version is no longer there.',
    next: 'Choose another version.',
  },
  'settings.damaged': {
    sentence: 'The settings could not be read; the standard settings are in force.',
    next: 'Choose your settings again. The old file is kept at {{copyPath}}.',
  },
  'upload.not-found': { sentence: 'The chosen file did not arrive.', next: 'Choose it again.' },
  'video.ffmpeg-missing': {
    sentence: 'Films need ffmpeg, and none was found on this computer.',
    next: 'Install ffmpeg, or name it in the settings or in HEIRLOOM_FFMPEG.',
  },
  'video.ffmpeg-failed': {
    sentence: 'ffmpeg stopped while working on {{fileName}}. What is finished is kept.',
    next: 'Start it again: it goes on behind the last finished part. If it stops again, look at the details.',
  },
  'video.not-a-video': {
    sentence: '{{fileName}} is not a film, an animation or a folder of pictures.',
    next: 'Choose a video file; what counts is what is in it, not its ending.',
  },
  'video.is-a-picture': {
    sentence: '{{fileName}} is a single picture, not a film.',
    next: 'Restore it as a photo.',
  },
  'video.no-picture-stream': {
    sentence: '{{fileName}} has no picture, only {{streams}}.',
    next: 'Choose a file that has moving pictures.',
  },
  'video.no-frames': {
    sentence: 'Not one picture of {{fileName}} could be read.',
    next: 'Copy it again from where it came from. The file was not changed.',
  },
  'video.size-changes': {
    sentence: 'The picture size of {{fileName}} changes from {{before}} to {{after}} after {{seconds}} s.',
    next: 'Restore the parts one by one with a range that ends or begins there.',
  },
  'video.no-faces': {
    sentence: 'No face was found in {{fileName}}, so there is nothing to restore.',
    next: 'Choose another range or detector, or a scale above 1 to enlarge it anyway.',
  },
  'video.range-empty': {
    sentence: 'There is nothing of {{fileName}} between {{from}} s and {{to}} s.',
    next: 'Choose a range within the clip.',
  },
  'video.encoder-missing': {
    sentence: 'This ffmpeg cannot write {{codec}} ({{encoder}}).',
    next: 'Choose another codec, or install an ffmpeg that can.',
  },
  'video.codec-not-in-container': {
    sentence: 'A {{container}} file cannot hold {{codec}}.',
    next: 'Choose another codec or another ending.',
  },
  'video.busy': {
    sentence: '{{path}} is being made by another Heirloom right now.',
    next: 'Wait until that has ended, or choose another name.',
  },
  'internal.unexpected': {
    sentence: 'Something unexpected went wrong. Originals and edits are safe.',
    next: 'Try again. If it happens again, look at the details.',
  },
};
