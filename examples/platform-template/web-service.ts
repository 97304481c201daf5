import * as kplus from 'cdk8s-plus-28';
import { type ISecret, SecretBinding } from 'cdk8s-secrets';
import { Construct } from 'constructs';

/** The user and group that our base images run as. */
const APP = 1000;

const PORT = 8080;

/** What a team says of a web service. */
export interface WebServiceProps {
  /** The name of the Deployment and the Service. */
  readonly name: string;

  /** The image; it serves HTTP at port 8080. */
  readonly image: string;

  /** Secrets that the service reads: each is the folder /etc/secrets/NAME, with a file for every key. */
  readonly secrets?: ISecret[];

  /** Credentials for the registry of the image, where it is a private one. */
  readonly registryCredentials?: ISecret[];
}

/**
 * A web service as the platform team wants every one to run: hardened, two pods that roll when a secret changes, reachable at port 80.
 *
 * Teams hand over secrets; how they reach a container is decided here, once.
 */
export class WebService extends Construct {
  /** Open to what this template does not foresee: `service.deployment.with(SecretBinding.env(…))`. */
  public readonly deployment: kplus.Deployment;

  constructor(scope: Construct, id: string, { name, image, secrets = [], registryCredentials = [] }: WebServiceProps) {
    super(scope, id);
    this.deployment = new kplus.Deployment(this, 'Deployment', {
      metadata: { name },
      containers: [{ name, image, portNumber: PORT, securityContext: { user: APP, group: APP } }],
      // Files of a secret belong to root; fsGroup lets the user of the image read those of mode 0440.
      securityContext: { user: APP, group: APP, fsGroup: APP },
    });
    this.deployment.with(
      ...secrets.map(secret => SecretBinding.files(`/etc/secrets/${secret.name}`, secret, { mode: '0440' })),
      SecretBinding.imagePull(...registryCredentials),
    );
    this.deployment.exposeViaService({ name, ports: [{ port: 80, targetPort: PORT }] });
  }
}
