import { Chart } from 'cdk8s';
import { Secret, SensitiveValue } from 'cdk8s-secrets';
import type { Construct } from 'constructs';
import { WebService } from './web-service';

/** Two services that share the credentials of one database. */
export class CatalogTeam extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'catalog' });

    const database = new Secret(this, 'Database', {
      metadata: { name: 'catalog-database' },
      data: {
        username: SensitiveValue.fromLiteral('catalog'),
        password: SensitiveValue.fromLiteral('c4t-Kq81'), // a real one: SensitiveValue.fromEnvironment('CATALOG_DB_PASSWORD')
      },
    });

    new WebService(this, 'Products', { name: 'products', image: 'registry.example.com/products:3.2', secrets: [database] });
    new WebService(this, 'Search', { name: 'search', image: 'registry.example.com/search:1.9', secrets: [database] });
  }
}
