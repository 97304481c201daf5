export * from './openfaas-stack';
