// BiSeNet: golden values of the official network (test/parity/make-bisenet-golden.py).
import { bisenet } from '../../../../../src/engine/checkpoints/architectures/bisenet.ts';
import { describeGolden } from '../../../../helpers/golden-cases.ts';

describeGolden(bisenet, 'bisenet');
