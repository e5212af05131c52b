// Entry of the engine process: Electron's utility process, a forked Node process, the same file in both.
// Started by main's engine host, never by hand.
import { parentChannel } from './channel.ts';
import { limitYoungHeap } from './limit-young-heap.ts';
import { pipelineTable } from './pipeline-table.ts';
import { startEngine } from './start-engine.ts';

const channel = parentChannel();
if (channel === null) {
  process.stderr.write('The engine is started by Heirloom, not by hand.\n');
  process.exit(2);
}
limitYoungHeap();
startEngine({ channel, pipelines: pipelineTable });
