export * from './apolo-context';
export * from './apolo-env';
export * from './apolo-grant';
export * from './apolo-job';
export * from './apolo-job-form';
export * from './apolo-secret-uri';
export * from './apolo-volume';
