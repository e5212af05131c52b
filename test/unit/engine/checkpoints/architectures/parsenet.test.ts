// ParseNet: golden values of the official network (test/parity/make-parsenet-golden.py).
import { parsenet } from '../../../../../src/engine/checkpoints/architectures/parsenet.ts';
import { describeGolden } from '../../../../helpers/golden-cases.ts';

describeGolden(parsenet, 'parsenet');
