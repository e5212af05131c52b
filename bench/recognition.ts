// npm run bench -- recognition -- --faces FOLDER: how well descriptors tell people apart, on clean faces and on faces as old
// films show them. FOLDER holds aligned crops and an index.csv with the columns file and person. Needs a built studio.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeFace, descriptorDistance, samePersonDistance } from '../src/engine/steps/describe-face.ts';
import { loadCatalog } from '../src/main/models/load-catalog.ts';
import { loadModelForTest } from '../test/helpers/load-model.ts';
import { cleanFace, damagedFace, type PlacedFace } from './recognition/damaged-face.ts';
import { readLabelledFaces } from './recognition/labelled-faces.ts';
import {
  equalError,
  type PairDistances,
  pairDistances,
  shareBelow,
  thresholdJoining,
} from './recognition/pair-statistics.ts';
import { reportRow, rowAtMost, rowShown } from './report-row.ts';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const folder = args.includes('--faces') ? args[args.indexOf('--faces') + 1] : undefined;
if (folder === undefined || !existsSync(join(folder, 'index.csv'))) {
  console.error(
    'recognition needs faces whose people are known: npm run bench -- recognition -- --faces FOLDER,\n' +
      'a folder of aligned square crops with an index.csv (columns file and person). None comes with Heirloom.',
  );
  process.exit(2);
}

/** dlib's own for sharp photos, ours, and some around. */
const thresholds = [0.6, 0.55, 0.5, samePersonDistance, 0.4];
const variants = 4;
const joinedAtMost = 0.005;

const entry = loadCatalog(join(root, 'models/catalog.json')).models.find(
  ({ contract }) => contract.interface === 'face-descriptor',
);
if (entry === undefined) throw new Error('the catalogue has no model that describes faces');
const model = await loadModelForTest(join(root, 'out/models', entry.fileName), entry.contract);
const faces = readLabelledFaces(folder);
const people = faces.map(({ person }) => person);

const clean: Float32Array[] = [];
const damaged: Float32Array[] = [];
const averagedTwo: Float32Array[] = [];
const averagedAll: Float32Array[] = [];
let describingMs = 0;
for (const [index, { path }] of faces.entries()) {
  clean.push(await described(await cleanFace(path)));
  const several: Float32Array[] = [];
  for (let variant = 0; variant < variants; variant += 1)
    several.push(await described(await damagedFace(path, index * variants + variant + 1)));
  damaged.push(several[0] as Float32Array);
  averagedTwo.push(mean(several.slice(0, 2)));
  averagedAll.push(mean(several));
}

reportRow(
  rowShown(
    'recognition',
    'time a face, aligning included',
    describingMs / (faces.length * (variants + 1)),
    'ms',
  ),
);
report('clean', pairDistances(clean, people, descriptorDistance));
report('damaged', pairDistances(damaged, people, descriptorDistance));
report('damaged, mean of 2', pairDistances(averagedTwo, people, descriptorDistance));
const steady = pairDistances(averagedAll, people, descriptorDistance);
report(`damaged, mean of ${variants}`, steady);
const wronglyJoined = shareBelow(steady.different, samePersonDistance);
reportRow(
  rowAtMost('recognition', 'of two people, joined in films', wronglyJoined * 100, '%', joinedAtMost * 100),
);

async function described({ picture, landmarks }: PlacedFace): Promise<Float32Array> {
  const startedAt = performance.now();
  const descriptor = await describeFace(picture, landmarks, model);
  describingMs += performance.now() - startedAt;
  return descriptor;
}

function mean(descriptors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(descriptors[0]?.length ?? 0);
  for (const descriptor of descriptors)
    for (const [index, value] of descriptor.entries())
      sum[index] = (sum[index] as number) + value / descriptors.length;
  return sum;
}

function report(kind: string, pairs: PairDistances): void {
  const percent = (metric: string, share: number) =>
    reportRow(rowShown('recognition', `${kind}: ${metric}`, share * 100, '%'));
  reportRow(rowShown('recognition', `${kind}: pairs of one person`, pairs.same.length, ''));
  reportRow(rowShown('recognition', `${kind}: pairs of two people`, pairs.different.length, ''));
  for (const threshold of thresholds) {
    percent(`of one person, joined below ${threshold}`, shareBelow(pairs.same, threshold));
    percent(`of two people, joined below ${threshold}`, shareBelow(pairs.different, threshold));
  }
  const { threshold, rate } = equalError(pairs);
  percent('equal error rate', rate);
  reportRow(rowShown('recognition', `${kind}: threshold of equal errors`, threshold, ''));
  const careful = thresholdJoining(pairs, joinedAtMost);
  reportRow(
    rowShown('recognition', `${kind}: threshold joining ${joinedAtMost * 100} % of two people`, careful, ''),
  );
  percent('of one person, joined there', shareBelow(pairs.same, careful));
}
