/** Entry of the worker. */
import { expose } from 'comlink';
import { PreviewEngine } from './engine.ts';
import './remote-errors.ts';

expose(new PreviewEngine());
