// Names of codecs and containers as people know them; what is not in the list keeps ffmpeg's own. Pure.

const names: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'H.265',
  h265: 'H.265',
  av1: 'AV1',
  prores: 'ProRes',
  mpeg1video: 'MPEG-1',
  mpeg2video: 'MPEG-2',
  mpeg4: 'MPEG-4',
  msmpeg4v3: 'MPEG-4 (DivX 3)',
  vp8: 'VP8',
  vp9: 'VP9',
  dvvideo: 'DV',
  mjpeg: 'Motion JPEG',
  rawvideo: 'RAW',
  gif: 'GIF',
  png: 'PNG',
  theora: 'Theora',
  ffv1: 'FFV1',
  aac: 'AAC',
  mp3: 'MP3',
  mp2: 'MP2',
  ac3: 'Dolby Digital',
  eac3: 'Dolby Digital Plus',
  opus: 'Opus',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  alac: 'Apple Lossless',
};

export function codecName(codec: string): string {
  return names[codec] ?? (codec.startsWith('pcm_') ? 'PCM' : codec);
}

/** ffmpeg names a family of containers: "mov,mp4,m4a,3gp,3g2,mj2". The ending says which of them is meant. */
export function containerName(container: string, fileName: string): string {
  const ending = /\.([^.]{1,5})$/.exec(fileName)?.[1]?.toLowerCase();
  const family = container.split(',');
  return (ending !== undefined && family.includes(ending) ? ending : (family[0] ?? container)).toUpperCase();
}
