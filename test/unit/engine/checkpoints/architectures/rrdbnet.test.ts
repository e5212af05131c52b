// RRDBNet: golden values of the official network (test/parity/make-rrdbnet-golden.py).
import { rrdbnet } from '../../../../../src/engine/checkpoints/architectures/rrdbnet.ts';
import { describeGolden } from '../../../../helpers/golden-cases.ts';

describeGolden(rrdbnet, 'rrdbnet-x4');
describeGolden(rrdbnet, 'rrdbnet-x4-anime');
describeGolden(rrdbnet, 'rrdbnet-x2');
describeGolden(rrdbnet, 'rrdbnet-x1');
