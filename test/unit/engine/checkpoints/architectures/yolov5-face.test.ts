// Both layouts of YOLOv5-face: golden values of the official networks (test/parity/make-yolov5-face-golden.py).
import {
  yolov5FaceLarge,
  yolov5FaceNano,
} from '../../../../../src/engine/checkpoints/architectures/yolov5-face.ts';
import { describeGolden } from '../../../../helpers/golden-cases.ts';

describeGolden(yolov5FaceLarge, 'yolov5l-face');
describeGolden(yolov5FaceNano, 'yolov5n-face');
