/** What stands where a value must not be seen: in messages, and wherever a SensitiveValue is printed. */
export const SENSITIVE = '[sensitive]';
