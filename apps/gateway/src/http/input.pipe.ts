import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { propertiesOf } from '../input/properties.js';
import { readInput } from '../input/read-input.js';

/** Every body, query and path is read as its class says; nothing unknown gets in. */
@Injectable()
export class InputPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom' || !isInputClass(metatype)) return value;
    return readInput(metatype, type === 'body' ? value : (value ?? {}));
  }
}

function isInputClass(metatype: unknown): metatype is new () => object {
  return typeof metatype === 'function' && propertiesOf(metatype as new () => object).size > 0;
}
