/**
 * Runs a job for every item, at most `limit` at a time, and gives the results in the order of the items.
 *
 * The first job that fails makes it fail once those under way have ended; no further ones are started.
 */
export async function mapPool<T, R>(items: readonly T[], limit: number, job: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  let next = 0;

  const worker = async () => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        results[index] = await job(items[index], index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));

  if (failures.length > 0) throw failures[0];
  return results;
}
