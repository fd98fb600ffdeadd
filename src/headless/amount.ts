export { amount } from '../main/amount.ts'
