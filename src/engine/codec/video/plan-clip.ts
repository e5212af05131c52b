// Decides, from what a clip is and what is wanted, everything that does not depend on its frames: sizes, formats,
// filters, what happens to sound and subtitles, and what a person should know of it. Pure; runs in the engine process.
import type { ClipColour, ClipFacts, ClipNotice, ClipOptions, Rational } from '#shared/domain/clip.ts';
import { checkEncoding } from './encode-arguments.ts';
import { type FrameFormat, ffmpegPixelFormat, pixelFormatFacts } from './pixel-format.ts';
import { planStreams, type StreamPlan } from './plan-streams.ts';

export interface ClipPlan {
  /** Frames as the decoder gives them. */
  readonly decoded: FrameFormat;
  /** Frames as the encoder takes them; of another size than `decoded` only when a network enlarges them. */
  readonly encoded: FrameFormat;
  /** Decoded pixels per pixel of the upright source. */
  readonly decodeScale: number;
  readonly decodeFilters: readonly string[];
  /** Filters between the raw pipe and the encoder. */
  readonly encodeFilters: readonly string[];
  readonly encoderPixelFormat: string;
  readonly colour: ClipColour;
  /** Curve of the samples when light beyond white is kept. */
  readonly hdr: 'none' | 'pq' | 'hlg';
  readonly timeBase: Rational;
  readonly streams: StreamPlan;
  readonly notices: readonly ClipNotice[];
}

/** Errors: video.codec-not-in-container. */
export function planClip(facts: ClipFacts, options: ClipOptions, hasUpscaler: boolean): ClipPlan {
  checkEncoding(options.encoding);
  const { video } = facts;
  const source = pixelFormatFacts(video.pixelFormat);
  const tonemaps = video.hdr !== 'none' && (options.hdr === 'tone-map' || !holdsTenBits(options));
  const encoder = encoderFormat(options, source, tonemaps);
  const isRgbPipe = hasUpscaler || encoder.layout === 'rgb';
  const colour = outputColour(facts, source.isRgb || source.chroma === 'none', tonemaps);
  const common = { isFullRange: colour.range === 'pc', matrix: matrixOf(colour, video.heightPx) } as const;
  const pipe = { layout: isRgbPipe ? 'rgb' : encoder.layout, bits: encoder.bits, ...common } as const;

  const plainScale = hasUpscaler ? 1 : options.scale;
  const decodedSize = sizeFor(video.widthPx, video.heightPx, plainScale, isRgbPipe ? 'rgb' : encoder.layout);
  const encodedSize = hasUpscaler
    ? sizeFor(video.widthPx, video.heightPx, options.scale, encoder.layout)
    : decodedSize;
  const isPadded =
    options.scale === 1 && encodedSize.widthPx * encodedSize.heightPx !== video.widthPx * video.heightPx;
  const streams = planStreams(facts, options.encoding.container);
  return {
    decoded: { ...pipe, ...decodedSize },
    encoded: { ...pipe, ...encodedSize },
    decodeScale: plainScale,
    decodeFilters: [
      ...(options.deinterlace ? deinterlaceFilters(facts) : []),
      ...(tonemaps ? toneMapFilters(facts) : []),
      ...formatFilters(facts, pipe, decodedSize, plainScale, tonemaps),
    ],
    encodeFilters: [
      ...(isRgbPipe && encoder.layout !== 'rgb'
        ? [
            `scale=out_color_matrix=${swscaleMatrix(common.matrix)}:out_range=${common.isFullRange ? 'pc' : 'tv'}`,
          ]
        : []),
      `format=${ffmpegPixelFormat(encoder)}`,
      `setsar=${video.pixelAspect.numerator}/${video.pixelAspect.denominator}`,
    ],
    encoderPixelFormat: ffmpegPixelFormat(encoder),
    colour,
    hdr: tonemaps ? 'none' : video.hdr,
    timeBase: video.timeBase,
    streams,
    notices: [
      ...pictureNotices(facts, options, { source, encoder, tonemaps, isPadded, size: encodedSize }),
      ...streams.notices,
    ],
  };
}

function holdsTenBits({ encoding }: ClipOptions): boolean {
  return encoding.codec === 'h265' || encoding.codec === 'av1' || encoding.codec === 'prores';
}

type SourceFormat = ReturnType<typeof pixelFormatFacts>;
type CodedFormat = Pick<FrameFormat, 'layout' | 'bits'>;

/** What players of the codec understand: 4:2:0 everywhere but in ProRes. */
function encoderFormat({ encoding }: ClipOptions, source: SourceFormat, tonemaps: boolean): CodedFormat {
  const deep = source.bits > 8 && !tonemaps ? 10 : 8;
  switch (encoding.codec) {
    case 'h264':
      return { layout: '420', bits: 8 };
    case 'h265':
    case 'av1':
      return { layout: '420', bits: deep };
    case 'prores':
      return { layout: '422', bits: 10 };
    case 'gif':
      return { layout: 'rgb', bits: 8 };
    case 'png':
      return { layout: 'rgb', bits: deep };
  }
}

/** Films keep their tags; pictures become BT.709 at video levels, as players expect of films. */
function outputColour({ video }: ClipFacts, isPictures: boolean, tonemaps: boolean): ClipColour {
  if (tonemaps || isPictures) {
    return { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' };
  }
  return video.colour;
}

/** Untagged films are BT.601 in standard definition and BT.709 above, by custom of all players. */
function matrixOf({ matrix }: ClipColour, heightPx: number): FrameFormat['matrix'] {
  if (matrix === 'bt709') return 'bt709';
  if (matrix === 'bt2020nc' || matrix === 'bt2020c') return 'bt2020';
  if (matrix !== null) return 'bt601';
  return heightPx >= 720 ? 'bt709' : 'bt601';
}

function swscaleMatrix(matrix: FrameFormat['matrix']): string {
  return matrix === 'bt2020' ? 'bt2020' : matrix;
}

function sizeFor(widthPx: number, heightPx: number, scale: number, layout: FrameFormat['layout']) {
  const across = layout === '420' || layout === '422' ? 2 : 1;
  const down = layout === '420' ? 2 : 1;
  return {
    widthPx: Math.max(across, Math.ceil(Math.round(widthPx * scale) / across) * across),
    heightPx: Math.max(down, Math.ceil(Math.round(heightPx * scale) / down) * down),
  };
}

/** bwdif counts in half ticks; settb brings the clip's own clock back. */
function deinterlaceFilters({ video }: ClipFacts): string[] {
  const parity =
    video.interlacing === 'bottom-first' ? 'bff' : video.interlacing === 'top-first' ? 'tff' : 'auto';
  const { numerator, denominator } = video.timeBase;
  return [`bwdif=mode=send_frame:parity=${parity}:deint=all`, `settb=${numerator}/${denominator}`];
}

/**
 * Hable's curve keeps detail in what is brighter than white, and darkens what is below. With 100 cd/m2 as its unit an
 * ordinary scene, made HDR with white at 203 cd/m2 (ITU-R BT.2408), comes out nearest its own brightness: mean luma 74
 * of 89, against 52 with 203 as the unit.
 */
function toneMapFilters({ video }: ClipFacts): string[] {
  const transfer = video.hdr === 'pq' ? 'smpte2084' : 'arib-std-b67';
  return [
    `zscale=tin=${transfer}:pin=bt2020:min=bt2020nc:t=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
    'format=yuv420p',
  ];
}

function formatFilters(
  { video }: ClipFacts,
  pipe: Omit<FrameFormat, 'widthPx' | 'heightPx'>,
  size: { widthPx: number; heightPx: number },
  scale: number,
  tonemapped: boolean,
): string[] {
  const wanted = ffmpegPixelFormat(pipe);
  const source = pixelFormatFacts(video.pixelFormat);
  const isYuvSource = !source.isRgb && source.chroma !== 'none' && !tonemapped;
  const inputRange = tonemapped ? 'tv' : video.colour.range;
  const outputRange = pipe.isFullRange ? 'pc' : 'tv';
  const resizes = scale !== 1;
  const values = [
    ...(resizes ? [`${size.widthPx}:${size.heightPx}`] : []),
    'flags=lanczos+accurate_rnd+full_chroma_int',
    ...(isYuvSource || tonemapped ? [`in_range=${inputRange ?? 'tv'}`] : []),
    ...(isYuvSource && pipe.layout === 'rgb' ? [`in_color_matrix=${swscaleMatrix(pipe.matrix)}`] : []),
    ...(pipe.layout === 'rgb' ? [] : [`out_range=${outputRange}`]),
    ...(isYuvSource || pipe.layout === 'rgb' ? [] : [`out_color_matrix=${swscaleMatrix(pipe.matrix)}`]),
  ];
  const isUntouched = !resizes && video.pixelFormat === wanted;
  const pads = !resizes && (size.widthPx !== video.widthPx || size.heightPx !== video.heightPx);
  return [
    ...(isUntouched ? [] : [`scale=${values.join(':')}`]),
    `format=${wanted}`,
    // A column or row more, a copy of its neighbour: codecs with halved colour need even sides.
    ...(pads
      ? [
          `pad=${size.widthPx}:${size.heightPx}:0:0`,
          `fillborders=right=${size.widthPx - video.widthPx}:bottom=${size.heightPx - video.heightPx}:mode=smear`,
        ]
      : []),
  ];
}

interface PictureChoices {
  readonly source: SourceFormat;
  readonly encoder: CodedFormat;
  readonly tonemaps: boolean;
  readonly isPadded: boolean;
  readonly size: { readonly widthPx: number; readonly heightPx: number };
}

function pictureNotices(
  { video }: ClipFacts,
  options: ClipOptions,
  { source, encoder, tonemaps, isPadded, size }: PictureChoices,
): ClipNotice[] {
  const notices: ClipNotice[] = [];
  const say = (code: ClipNotice['code'], params: ClipNotice['params'] = {}) => notices.push({ code, params });
  if (video.isVariableFrameRate) say('kept.variable-frame-rate');
  else if (video.frameRate !== null) {
    const rate = video.frameRate.numerator / video.frameRate.denominator;
    say('kept.frame-rate', { rate: Number(rate.toFixed(3)) });
  }
  if (video.rotationDegrees !== 0) say('changed.rotation', { degrees: video.rotationDegrees });
  if (video.pixelAspect.numerator !== video.pixelAspect.denominator) {
    say('kept.pixel-aspect', { aspect: `${video.pixelAspect.numerator}:${video.pixelAspect.denominator}` });
  }
  const isInterlaced = video.interlacing === 'top-first' || video.interlacing === 'bottom-first';
  if (options.deinterlace) say('changed.deinterlaced');
  else if (isInterlaced) say('note.interlaced');
  if (tonemaps) say('changed.tone-mapped');
  else if (video.hdr !== 'none') say('kept.hdr', { kind: video.hdr === 'pq' ? 'PQ' : 'HLG' });
  if (source.bits > 8 && !tonemaps) {
    if (encoder.bits < source.bits) say('changed.bit-depth', { before: source.bits, after: encoder.bits });
    else say('kept.bit-depth', { bits: source.bits });
  }
  if ((source.chroma === '444' || source.chroma === '422') && encoder.layout === '420') {
    say('changed.chroma', { before: source.chroma.split('').join(':') });
  }
  if (isPadded) say('changed.odd-size', { size: `${size.widthPx} × ${size.heightPx}` });
  if (source.hasAlpha && video.pixelFormat !== 'pal8') say('lost.alpha');
  return notices;
}
