import type { FormData, FormErrors } from '../sessions/pay-form.js';
import type { Html } from './html.js';
import { html } from './html.js';

/** A form that was refused: what it said, and which of its fields are wrong. */
export interface Sent {
  form: FormData;
  errors: FormErrors;
}

export interface Field {
  name: string;
  label: string;
  value?: string | undefined;
  size?: 'half' | 'third';
  type?: string;
  autocomplete?: string;
  numeric?: boolean;
  maxlength: number;
  locked?: boolean;
  required?: boolean;
  error?: string | undefined;
}

/** One labelled text field, with its error if it has one. */
export function input(field: Field): Html {
  const id = `f-${field.name}`;
  return html`<div class="field ${field.size}">
    <label for="${id}">${field.label}</label>
    <input
      id="${id}"
      name="${field.name}"
      type="${field.type ?? 'text'}"
      value="${field.value}"
      maxlength="${field.maxlength}"
      autocomplete="${field.autocomplete ?? 'off'}"
      ${field.numeric && html` inputmode="numeric"`}${field.locked && html` readonly`}${
        field.required && html` required`
      }${field.error && html` aria-invalid="true" aria-describedby="${id}-e"`}
    />
    ${field.error && html`<p class="error" id="${id}-e">${field.error}</p>`}
  </div>`;
}
