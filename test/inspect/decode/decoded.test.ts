import type { Container, Decoded, EnvVar, SecretVolumeSource } from '../../../src/inspect/decode/decoded';
import { structOf } from '../../../src/inspect/decode/schema';

/** Whether two types are the same, to the compiler. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;

/** Compiles only where the types are the same. */
function same<A, B>(..._: Same<A, B> extends true ? [] : ['the types differ']): void {}

test('the types of decoded objects follow from the table', () => {
  same<SecretVolumeSource['defaultMode'], number | undefined>();
  same<SecretVolumeSource['optional'], boolean | undefined>();
  same<NonNullable<Container['env']>, readonly EnvVar[]>();
  same<NonNullable<Container['restartPolicyRules']>[number]['action'], string | undefined>();
  same<NonNullable<Decoded<'CronJob'>['spec']>['schedule'], string | undefined>();
  // @ts-expect-error a mode is a number
  same<SecretVolumeSource['defaultMode'], string | undefined>();
  expect(structOf('v1', 'Secret')).toBe('Secret');
});

test('what the table does not have does not compile', () => {
  const container: Container = {};
  // @ts-expect-error the field is imagePullPolicy
  expect(container.imagePolicy).toBeUndefined();
  // @ts-expect-error the field is secretName
  expect({ name: 's' } satisfies SecretVolumeSource).toEqual({ name: 's' });
  // @ts-expect-error the type is Container
  expect(undefined satisfies Decoded<'Contaner'> | undefined).toBeUndefined();
});
