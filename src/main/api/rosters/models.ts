import type { Models } from '../../../scim/model/models.ts'
import { loadDirectoryConfig, type DirectoryConfig } from '../../directory/directory-config.ts'
import type { Engine } from '../../engine.ts'

const known = new WeakMap<Engine, DirectoryConfig>()

/** The resource types of a directory, built anew when something has been configured. */
export function modelsOf(engine: Engine, directoryId: number): Models {
  let config = known.get(engine)
  if (config?.version !== engine.reads.settings.configVersion()) {
    config = loadDirectoryConfig(engine.reads)
    known.set(engine, config)
  }
  const models = config.models.get(directoryId)
  if (!models) throw new Error(`directory ${directoryId} has no models`)
  return models
}
