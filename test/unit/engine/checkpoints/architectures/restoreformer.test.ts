// RestoreFormer: golden values of the official network (test/parity/make-restoreformer-golden.py).
import { restoreformer } from '../../../../../src/engine/checkpoints/architectures/restoreformer.ts';
import { describeGolden } from '../../../../helpers/golden-cases.ts';

describeGolden(restoreformer, 'restoreformer');
