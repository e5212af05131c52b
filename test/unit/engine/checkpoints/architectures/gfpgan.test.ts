// GFPGAN: golden values of the official network (test/parity/make-gfpgan-golden.py).
import { gfpgan } from '../../../../../src/engine/checkpoints/architectures/gfpgan.ts';
import { describeGolden } from '../../../../helpers/golden-cases.ts';

describeGolden(gfpgan, 'gfpgan');
