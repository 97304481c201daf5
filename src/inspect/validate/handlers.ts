import type { Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { oneOf } from './fields';
import { validatePort } from './ports';

/** What a probe or a hook of a container's lifecycle does. */
export type Handler = Decoded<'LifecycleHandler'> & Pick<Decoded<'Probe'>, 'grpc'>;

/** In the order in which the API server looks at them: the second one is refused. */
const KINDS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;
const SCHEMES: ReadonlySet<string> = new Set(['HTTP', 'HTTPS']);
const HEADER_NAME = /^[-A-Za-z0-9]+$/;

/** The first version in which a sleep may take no time at all. */
const NO_SLEEP_SINCE = 33;

/**
 * validateHandler.
 *
 * @param gracePeriod the seconds that a pod has to end
 */
export function validateHandler(handler: Handler, gracePeriod: number, path: FieldPath, out: FindingsOfObject): void {
  const [first, ...more] = KINDS.filter(kind => handler[kind] !== undefined);
  for (const kind of more) {
    out.refuse('AmbiguousSource', path.child(kind), `a probe or a hook does one thing, and this one already has ${first}`, 'leave one of them out');
  }
  switch (first) {
    case undefined: return out.refuse('RequiredField', path, 'the probe or the hook does nothing', `give it one of ${KINDS.join(', ')}`);
    case 'exec': {
      if ((handler.exec!.command ?? []).length === 0) out.refuse('RequiredField', path.child('exec').child('command'), 'no command is given', 'give it');
      return;
    }
    case 'httpGet': return validateHttpGet(handler.httpGet!, path.child('httpGet'), out);
    case 'tcpSocket': return validatePort(handler.tcpSocket!.port ?? 0, path.child('tcpSocket').child('port'), out);
    case 'grpc': return validatePort(handler.grpc!.port ?? 0, path.child('grpc').child('port'), out);
    case 'sleep': return validateSleep(handler.sleep!.seconds ?? 0, gracePeriod, path.child('sleep'), out);
  }
}

function validateHttpGet({ port = 0, scheme, httpHeaders = [] }: Decoded<'HTTPGetAction'>, path: FieldPath, out: FindingsOfObject): void {
  validatePort(port, path.child('port'), out);
  oneOf(scheme, SCHEMES, path.child('scheme'), out);
  httpHeaders.forEach(({ name = '' }, index) => {
    if (HEADER_NAME.test(name)) return;
    out.refuse('InvalidName', path.child('httpHeaders').unprinted(index), `${quote(name)} can be no name of a header`, "use letters, digits and '-'");
  });
}

function validateSleep(seconds: number, gracePeriod: number, path: FieldPath, out: FindingsOfObject): void {
  if (seconds < 0 || seconds > gracePeriod) {
    out.refuse('OutOfRange', path, `the pod has ${gracePeriod} seconds to end, and this sleeps for ${seconds}`,
      'give a number from 1 to terminationGracePeriodSeconds');
  } else if (seconds === 0) {
    out.refuse('OutOfRange', path, 'it sleeps for no time', 'give a number from 1 to terminationGracePeriodSeconds', { until: NO_SLEEP_SINCE - 1 });
  }
}
