// Lists skipped tests with their reasons after the run: a skip nobody reads is a hole nobody knows.
import type { Reporter, TestCase, TestModule } from 'vitest/node';

export default class SkippedTestsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped: string[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) skipped.push(`  ${describe(test)}`);
    }
    if (skipped.length === 0) console.log('Skipped: none.');
    else console.log(`Skipped (${skipped.length}):\n${skipped.join('\n')}`);
  }
}

function describe(test: TestCase): string {
  const result = test.result();
  const note = 'note' in result ? result.note : undefined;
  return `${test.fullName}: ${note ?? 'no reason given'}`;
}
