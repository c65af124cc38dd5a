import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten';
import type { Native } from '../native.ts';

/** Puts the functions of `native` into a sandbox. An error thrown by one is thrown inside. */
export function bindNative(context: QuickJSContext, native: Native): void {
  const object = context.newObject();
  for (const [name, work] of Object.entries(native)) {
    const bound = context.newFunction(name, (...args) => {
      try {
        return toHandle(context, work(...args.map((arg) => toValue(context, arg))));
      } catch (error) {
        return { error: context.newError(error instanceof Error ? error.message : String(error)) };
      }
    });
    context.setProp(object, name, bound);
    bound.dispose();
  }
  context.setProp(context.global, 'native', object);
  object.dispose();
}

/** Numbers, strings, booleans and null; of objects, buffers alone, copied. */
function toValue(context: QuickJSContext, handle: QuickJSHandle): unknown {
  if (context.typeof(handle) !== 'object') return context.dump(handle);
  const buffer = context.getArrayBuffer(handle);
  const { value } = buffer;
  const copy = value.slice().buffer;
  buffer.dispose();
  return copy;
}

export function toHandle(context: QuickJSContext, value: unknown): QuickJSHandle {
  if (typeof value === 'string') return context.newString(value);
  if (typeof value === 'number') return context.newNumber(value);
  if (typeof value === 'boolean') return value ? context.true : context.false;
  if (value instanceof ArrayBuffer) return context.newArrayBuffer(value);
  if (typeof value === 'function')
    return context.newFunction('callback', (...args) => {
      value(...args.map((arg) => toValue(context, arg)));
    });
  return value === null ? context.null : context.undefined;
}
