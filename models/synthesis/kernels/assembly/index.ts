export * from './energy';
export * from './kuwahara';
