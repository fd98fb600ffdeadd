import { expect, test } from 'vitest'
import { recipeSource } from '../webhook-recipe.ts'
import { verifySignature } from '../../src/renderer/pages/notifications/verify-signature.ts'

test('the console shows the recipe that is documented and tested', () => {
  expect(verifySignature).toBe(recipeSource)
})
