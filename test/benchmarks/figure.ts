import type { BenchStack } from './bench-stack.ts';
import type { Comparison } from './alternation.ts';
import { median } from './alternation.ts';

/** What a figure is measured with; the stack starts at the first call. */
export type Bench = {
  readonly stack: () => Promise<BenchStack>;
  /** How often to measure: what was asked for, else what the figure usually takes. */
  readonly samples: number;
};

/** What came out; `details` stand in the line as they are (milliseconds, bytes, counts). */
export type Measured = { readonly value: number; readonly details: Readonly<Record<string, number>> };

/** One figure of issue 3 section 8. */
export type Figure = {
  readonly name: string;
  readonly unit: 'ratio' | 'kB' | 's';
  /** The value to reach, and whether more or less than it is good. */
  readonly goal: { readonly atMost: number } | { readonly atLeast: number };
  readonly usualSamples: number;
  measure(bench: Bench): Promise<Measured>;
};

/** One line of the output. */
export type FigureLine = {
  readonly figure: string;
  readonly value: number;
  readonly unit: Figure['unit'];
  readonly goal: string;
  readonly reached: boolean;
  readonly samples: number;
} & Readonly<Record<string, number | string | boolean>>;

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** The line of a figure that was measured. */
export function toLine({ name, unit, goal }: Figure, samples: number, { value, details }: Measured): FigureLine {
  const reached = 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
  const rounded = Object.fromEntries(Object.entries(details).map(([key, detail]) => [key, round(detail)]));
  const wanted = 'atMost' in goal ? `<= ${goal.atMost}` : `>= ${goal.atLeast}`;
  return { figure: name, value: round(value), unit, goal: wanted, reached, samples, ...rounded };
}

/** Times of ours against those of the plain client: the ratio of the medians, and where both lie. */
export function ratioOfTimes({ ours, plain }: Comparison): Measured {
  return {
    value: median(ours) / median(plain),
    details: {
      oursMs: median(ours),
      oursMinMs: Math.min(...ours),
      oursMaxMs: Math.max(...ours),
      baselineMs: median(plain),
      baselineMinMs: Math.min(...plain),
      baselineMaxMs: Math.max(...plain),
    },
  };
}
