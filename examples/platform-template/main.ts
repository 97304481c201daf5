import { App } from 'cdk8s';
import { CatalogTeam } from './team-catalog';
import { CheckoutTeam } from './team-checkout';

const app = new App();
new CatalogTeam(app, 'catalog');
new CheckoutTeam(app, 'checkout');
app.synth();
