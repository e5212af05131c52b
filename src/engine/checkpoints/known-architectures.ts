// Every network the converter knows. Engine process. Adding one is a line here and its file under architectures/.
import type { Architecture } from './architecture.ts';
import { bisenet } from './architectures/bisenet.ts';
import { codeFormer } from './architectures/codeformer.ts';
import { gfpgan } from './architectures/gfpgan.ts';
import { parsenet } from './architectures/parsenet.ts';
import { restoreformer } from './architectures/restoreformer.ts';
import { retinafaceMobilenet, retinafaceResnet50 } from './architectures/retinaface.ts';
import { rrdbnet } from './architectures/rrdbnet.ts';
import { srvgg } from './architectures/srvgg.ts';
import { yolov5FaceLarge, yolov5FaceNano } from './architectures/yolov5-face.ts';

export const knownArchitectures: readonly Architecture[] = [
  codeFormer,
  gfpgan,
  restoreformer,
  retinafaceResnet50,
  retinafaceMobilenet,
  yolov5FaceLarge,
  yolov5FaceNano,
  parsenet,
  bisenet,
  rrdbnet,
  srvgg,
];
