// Words of the command line. {{name}} marks a value.
export const cli = {
  usage: `Heirloom restores old family photos, one face at a time. Nothing leaves this computer.

Usage
  heirloom restore PHOTO|FOLDER... [-o OUT] [options]   restore photos without a window
  heirloom colorize PHOTO|FOLDER... [-o OUT] [options]  give gray faces colour
  heirloom inpaint PHOTO|FOLDER... [-o OUT] [options]   fill holes in faces
  heirloom video CLIP [-o OUT] [options]                restore a film, an animation or a folder of pictures
  heirloom models list|download|import|convert|verify|remove   manage the models
  heirloom --help | --version

Restore
  -o, --output PATH          folder for the results, or a file name for one photo (default: restored/)
  -r, --recursive            go into subfolders and keep them in the output
      --resume               skip photos whose result is there already
      --overwrite            replace existing files, even the photo itself
  -w, --fidelity NUMBER      0 sharper … 1 more like the photo (default: 0.7)
      --strength NUMBER      how much of the restored face is laid over the photo, 0 … 1 (default: 1)
  -s, --scale NUMBER         size of the result over the size of the photo (default: 2, or 1 for large scans)
      --monochrome MODE      auto, gray, tint or colour (default: auto)
      --model ID             face restorer (default: the best one installed)
      --detector ID          face detector (default: the best one installed)
      --upscaler ID          background upscaler (default: none, Lanczos)
      --background-strength NUMBER   how much of the upscaler is used, 0 … 1 (default: 1)
      --format FORMAT        same, jpeg, png, tiff, webp or avif (default: same)
      --quality NUMBER       1 … 100 for lossy formats (default: 95)
      --metadata POLICY      keep, strip-private or none (default: keep)
      --no-record            do not write into the file how it was restored
      --suffix TEXT          added to each file name
      --device DEVICE        auto, cpu, webgpu, cuda, dml or coreml (default: auto)
      --preset PRESET        none, or ai-faces: only garbled faces of generated pictures, at low fidelity

Faces and background
      --face-upsample        enlarge restored faces with the upscaler before they are laid back
      --bg-upsampler ID      same as --upscaler; realesrgan means realesrgan-x2plus-pth
      --bg-tile PIXELS       side of the upscaler's tiles (default: as the memory allows)
      --detection-model ID   same as --detector; also retinaface_resnet50, retinaface_mobile0.25, YOLOv5l
      --only-center-face     restore the face nearest the centre only
      --only-largest-face    restore the largest face only
      --has-aligned          each picture is one aligned face: no detection, no laying back
      --draw-box             draw a frame around each restored face
      --save-faces           also write cropped_faces/ and restored_faces/; photos go to final_results/
      --demosaic             smooth pixelated regions first; the faces there are then invented
      --demosaic-region X,Y,WIDTH,HEIGHT   the same for a region you name (may be repeated)

Colorize and inpaint (options of restore that name files, faces, formats and devices work here too)
      --strength NUMBER      colorize: how much colour, 0 … 1 (default: 1)
      --network-luma         colorize: the network's own light and shade instead of the photo's
  -m, --mask FILE            inpaint: white where a hole is (default: exactly white pixels of the photo)

Video (-w, --strength, --monochrome, --model, --detector, --upscaler, --device work here too)
  -o, --output PATH          .mp4, .mov, .mkv, .webm, .gif, or a folder for pictures (default: restored/NAME.mp4)
      --probe                only say what the film is, what is kept and what changes
      --resume               go on behind the parts that are finished
      --from TIME, --to TIME only this range, as 12.5 or 1:02.5
      --steadiness NUMBER    0 each frame for itself … 1 very still (default: 0.8)
      --grain NUMBER         0 clean faces … 1 as grainy as the film (default: 0)
      --people               only say who is in the film, and when; a run with --resume takes that up
      --person N=W, N=off    another fidelity for person N, or leave them as they are (may be repeated)
      --track N=W, N=off     the same for face N, one appearance of a person (may be repeated)
  -s, --scale NUMBER         0.25 … 4 (default: 1)
      --codec CODEC          h264, h265, av1, prores, gif or png (default: as the ending has it)
      --quality QUALITY      draft, good, high or best (default: good)
      --encoder KIND         software or hardware (default: software)
      --deinterlace          make whole pictures of interlaced ones
      --hdr MODE             keep or tone-map (default: keep where the codec can)
      --fps NUMBER           frames a second of a folder of pictures (default: 25)
      --ffmpeg PATH          the ffmpeg to use (default: HEIRLOOM_FFMPEG, then the one on the PATH)

Everywhere
      --json                 one JSON line per event on standard output
      --language LANGUAGE    en or zh-CN (default: the system's)

Exit code: 0 all done, 2 wrong use, 3 some failed.
`,
  unknownCommand: 'Unknown command: {{name}}',
  unknownOption: 'Cannot use these options: {{problem}}',
  badNumber: '{{option}} must be a number from {{low}} to {{high}}.',
  badRegion: '{{option}} must be four numbers: x,y,width,height in pixels of the photo.',
  oneMask: 'A mask belongs to one photo: name just one.',
  badChoice: '{{option}} must be one of: {{choices}}.',
  nothingGiven: 'Name at least one photo or folder.',
  oneFileForMany: '{{path}} is one file name, but there are {{count}} photos. Give a folder.',
  seeHelp: 'heirloom --help shows every option.',
  nothingFound: 'No pictures were found.',
  tryRecursive: 'There are subfolders; --recursive goes into them.',
  notRestored: 'Some photos were not restored:',
  finished: '{{done}} restored, {{skipped}} skipped, {{failed}} failed, in {{seconds}} s',
  restored: '{{name}} → {{output}} ({{faces}}, {{seconds}} s)',
  holesLeft: '  {{count}} white pixels lie outside every face and were left as they are.',
  invented: '  {{count}} pixelated regions: what is seen there is invented, and the file says so.',
  faceCount: {
    none: 'no face found, picture enlarged and cleaned up only',
    one: '1 face',
    many: '{{count}} faces',
  },
  noFaceScaleOne: 'no face found',
  skipped: '{{name}}: done already',
  failed: '{{name}}: {{sentence}} {{next}}',
  eta: '{{time}} left',
  cancelled: 'Stopped. Finished photos are kept; --resume goes on from here.',
  fellBack: 'The device {{wanted}} cannot be trusted here; the processor is used instead.',
  restorerUsed: 'Faces: {{name}}',
  liteNote:
    'Lite is built in and instant, with 256 px of detail. CodeFormer is better: heirloom models download {{id}}',
  nodeTooOld: 'Heirloom needs Node 24, which was not installed with it. Run npm ci.',
};
export type CliMessages = typeof cli;
