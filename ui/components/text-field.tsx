import { Textbox } from '@create-figma-plugin/ui';
import styles from './text-field.module.css';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly isSecret?: boolean;
  readonly onInput: (value: string) => void;
}

export function TextField({ id, label, value, placeholder, isSecret = false, onInput }: Props) {
  return (
    <div class={styles['field']}>
      <label for={id}>{label}</label>
      <Textbox
        id={id}
        value={value}
        placeholder={placeholder}
        password={isSecret}
        spellcheck={false}
        autocomplete="off"
        onValueInput={onInput}
      />
    </div>
  );
}
