import { Secret, SecretBackedFunction, SensitiveValue } from 'cdk8s-secrets';
import { measureSynth } from './measure-synth';

measureSynth((chart, name, key, value) => {
  const secret = new Secret(chart, `${name}-secret`, { metadata: { name: key }, data: { [key]: SensitiveValue.fromLiteral(value) } });
  new SecretBackedFunction(chart, name, { name, image: 'functions/api-key-protected:latest', secrets: [secret] });
});
