/** What jest prints of two things that are not equal. */
export function jestReport(received: unknown): string {
  try {
    expect(received).toEqual('something else');
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('they are equal');
}
