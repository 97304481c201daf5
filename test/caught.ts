/** What an action throws; the test fails where it throws nothing. */
export function caught(action: () => unknown): any {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
