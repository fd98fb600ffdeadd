export { byteSize } from '../main/byte-size.ts'
