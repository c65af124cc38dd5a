import { Option } from 'commander';

/** Where named styles are: an option of every command that takes a style. */
export const stylesOption = (): Option =>
  new Option('--styles <dir>', 'folder of named styles (default: LIMNER_STYLES, or in your data folder)');
