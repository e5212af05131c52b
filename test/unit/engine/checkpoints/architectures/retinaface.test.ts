// Both RetinaFace networks: golden values of the official ones (test/parity/make-retinaface-golden.py).
import {
  retinafaceMobilenet,
  retinafaceResnet50,
} from '../../../../../src/engine/checkpoints/architectures/retinaface.ts';
import { describeGolden } from '../../../../helpers/golden-cases.ts';

describeGolden(retinafaceResnet50, 'retinaface-resnet50');
describeGolden(retinafaceMobilenet, 'retinaface-mobilenet');
