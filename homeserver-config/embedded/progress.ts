/** Reports a step of the start while it runs; `say` names what it is at. */
export type Progress = <Result>(step: string, work: (say: (detail: string) => void) => Promise<Result>) => Promise<Result>;

/** For tests: nothing is said. */
export const silentProgress: Progress = (_step, work) => work(() => undefined);

const DETAIL_EVERY_MS = 8000;

/**
 * One line when a step is done, with the seconds it took. A step that lasts says now and then what it is at, because the first
 * start downloads for a while.
 */
export function createProgress(write: (line: string) => void): Progress {
  return async (step, work) => {
    const began = Date.now();
    const seconds = (): string => `${((Date.now() - began) / 1000).toFixed(1)} s`;
    let detail = 'still at it';
    const timer = setInterval(() => write(`  … ${step}: ${detail} (${seconds()})`), DETAIL_EVERY_MS);
    const say = (news: string): void => {
      detail = news.trim().slice(0, 90) || detail;
    };
    try {
      const result = await work(say);
      write(`  ✓ ${step} (${seconds()})`);
      return result;
    } catch (error) {
      write(`  ✗ ${step} (${seconds()})`);
      throw error;
    } finally {
      clearInterval(timer);
    }
  };
}
