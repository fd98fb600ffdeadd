import {
  Group,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  useMantineColorScheme,
  type MantineColorScheme,
} from '@mantine/core'
import { useId, type ReactNode } from 'react'
import { Panel } from '../../components/page/panel.tsx'
import { usePreferences, type Density, type Motion } from '../../stores/preferences.ts'

const schemes: readonly { readonly value: MantineColorScheme; readonly label: string }[] = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

const densities: readonly { readonly value: Density; readonly label: string }[] = [
  { value: 'compact', label: 'Compact' },
  { value: 'comfortable', label: 'Comfortable' },
]

const motions: readonly { readonly value: Motion; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'reduced', label: 'Reduced' },
]

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly description: ReactNode
  readonly value: Value
  readonly choices: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
}

function Choice<Value extends string>({ label, description, value, choices, onChange }: ChoiceProps<Value>) {
  const id = useId()
  return (
    <Group justify="space-between" gap="md" align="center">
      <div>
        <Text id={id} size="sm" fw={500}>
          {label}
        </Text>
        <Text size="xs" c="dimmed" maw={420}>
          {description}
        </Text>
      </div>
      <SegmentedControl aria-labelledby={id} value={value} onChange={onChange} data={[...choices]} />
    </Group>
  )
}

/** How the console looks and moves in this browser. */
export function AppearanceSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { density, motion, singleKeys, setDensity, setMotion, setSingleKeys } = usePreferences()
  return (
    <Panel title="In this browser">
      <Stack gap="lg">
        <Choice
          label="Theme"
          description="Light and dark hold the same; the switch is also in the header."
          value={colorScheme}
          choices={schemes}
          onChange={setColorScheme}
        />
        <Choice
          label="Density of tables"
          description="Comfortable rows are higher, for a pointer that is hard to hold still and for touch."
          value={density}
          choices={densities}
          onChange={setDensity}
        />
        <Choice
          label="Motion"
          description="Reduced: nothing slides or fades, whatever the system says."
          value={motion}
          choices={motions}
          onChange={setMotion}
        />
        <Switch
          label="Single letters act as keys while nobody types"
          description="j and k move, c copies, / filters, ? explains. Switch it off if you dictate or use a screen reader’s letters."
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        <Text size="xs" c="dimmed">
          These are remembered in this browser and nowhere else.
        </Text>
      </Stack>
    </Panel>
  )
}
