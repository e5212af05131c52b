// Words about films: what is kept, what changes, how far the work is. {{name}} marks a value.
import type { ClipNoticeCode, ClipProgress } from '../../domain/clip.ts';

const notices: Record<ClipNoticeCode, string> = {
  'kept.frame-rate': 'Frame rate kept: {{rate}} a second.',
  'kept.variable-frame-rate': 'Varying frame rate kept, picture by picture.',
  'kept.audio': 'Sound copied as it is ({{codec}}).',
  'kept.subtitles': 'Subtitles copied ({{codec}}).',
  'kept.chapters': 'Chapters kept: {{count}}.',
  'kept.bit-depth': '{{bits}} bits of colour kept.',
  'kept.hdr': 'High dynamic range kept ({{kind}}).',
  'kept.pixel-aspect': 'Shape of the pixels kept ({{aspect}}).',
  'changed.rotation': 'Turned upright by {{degrees}} degrees, as the file asks.',
  'changed.deinterlaced': 'Interlaced lines are joined into whole pictures.',
  'changed.tone-mapped':
    'High dynamic range becomes ordinary brightness; --hdr keep with --codec h265 keeps it.',
  'changed.bit-depth': '{{before}} bits of colour become {{after}}.',
  'changed.chroma': 'Colour at {{before}} becomes 4:2:0, as players want it.',
  'changed.odd-size': 'One row or column is added for an even size: {{size}}.',
  'changed.audio-converted': 'Sound becomes {{after}}, as this kind of file cannot hold {{before}}.',
  'changed.subtitles-converted': 'Subtitles become {{after}} ({{before}} before).',
  'lost.audio': 'No sound: {{container}} holds pictures only.',
  'lost.audio-unreadable': 'The sound cannot be read and is left out; the picture comes out all the same.',
  'lost.subtitles': 'Subtitles left out: {{count}}.',
  'lost.chapters': 'Chapters left out.',
  'lost.alpha': 'Transparency is left out.',
  'note.interlaced': 'The film is interlaced; --deinterlace makes whole pictures of it.',
  'note.no-audio': 'The film has no sound.',
  'note.no-faces': 'No face was found; the film is only enlarged.',
  'note.ended-early': 'The file is cut off: it ends at {{at}} s instead of {{of}} s.',
};

const phases: Record<ClipProgress['phase'], string> = {
  'following-faces': 'following faces',
  restoring: 'restoring',
  joining: 'joining',
};

export const video = {
  notices,
  phases,
  fileLine: '{{name}}: {{container}}, {{duration}}',
  pictureLine: '  Picture: {{codec}}, {{width}} × {{height}}, {{rate}} frames a second, {{depth}} bits',
  rateUnknown: 'unknown',
  lasts: '{{seconds}} s',
  lengthUnknown: 'length unknown',
  audioLine: '  Sound: {{codec}}, {{channels}} channels, {{rate}} Hz',
  subtitleLine: '  Subtitles: {{codec}}',
  willBe: 'What becomes of it:',
  progress: '{{phase}} {{done}} of {{total}} frames, {{rate}} a second',
  progressUnknown: '{{phase}} {{done}} frames, {{rate}} a second',
  restored: '{{name}} → {{output}} ({{frames}} frames, {{people}}, {{seconds}} s)',
  people: { none: 'no faces', one: '1 person', many: '{{count}} people' },
  person: '  Person {{id}}: {{seen}}',
  seen: '{{from}} s to {{to}} s (face {{id}})',
  nobody: 'No face was found.',
  resumed: 'Going on behind {{count}} finished parts.',
  interrupted: 'Stopped. Finished parts are kept in {{folder}}; --resume goes on from here.',
  keptAfterFailure: 'Finished parts are kept in {{folder}}; --resume goes on from here.',
  oneClip: 'Name one film, animation or folder of pictures.',
  badTime: '{{option}} must be seconds (12.5) or minutes and seconds (1:02.5).',
  badChoice: '{{option}} must be a number and what it gets: 2=off or 2=0.9.',
  noSuchPerson: 'There is no person {{id}} in the film: --people says who there is.',
  unknownEnding:
    '{{path}}: name a file that ends in .mp4, .mov, .mkv, .webm or .gif, or a folder for pictures.',
};
export type VideoMessages = typeof video;
