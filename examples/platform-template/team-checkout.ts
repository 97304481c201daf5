import { Chart } from 'cdk8s';
import { DockerConfigSecret, Secret, SecretBinding, SensitiveValue } from 'cdk8s-secrets';
import type { Construct } from 'constructs';
import { WebService } from './web-service';

/** One service from a private registry, with a secret that somebody else makes. */
export class CheckoutTeam extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'checkout' });

    // Made in the cluster by the payment provider's operator. Its keys are declared, so a misspelt one is an error all the same.
    const payments = Secret.fromSecretName(this, 'Payments', 'payment-provider', { keys: ['api-key', 'webhook-secret'] });

    const registry = new DockerConfigSecret(this, 'Registry', {
      metadata: { name: 'checkout-registry' },
      registries: [{
        server: 'checkout.registry.example.com',
        username: SensitiveValue.fromLiteral('checkout'),
        password: SensitiveValue.fromLiteral('r3g-Zt27'),
      }],
    });

    const cart = new WebService(this, 'Cart', {
      name: 'cart',
      image: 'checkout.registry.example.com/cart:7.0',
      secrets: [payments],
      registryCredentials: [registry],
    });

    // What only this team needs goes on top of the template.
    cart.deployment.with(SecretBinding.env('WEBHOOK_SECRET', payments.key('webhook-secret')));
  }
}
