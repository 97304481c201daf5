export * from './swarm-secret-source';
export * from './swarm-stack';
