# Completion of `kanban` in PowerShell. Printed by `kanban completion powershell`.

Register-ArgumentCompleter -Native -CommandName @('kanban', 'git-kanban') -ScriptBlock {
    param($word, $ast, $cursor)
    $length = $cursor - $ast.Extent.StartOffset
    $line = $ast.ToString()
    if ($line.Length -lt $length) { $line = $line.PadRight($length) } else { $line = $line.Substring(0, $length) }
    $read, $written = [Console]::OutputEncoding, $env:PYTHONUTF8  # names have accents, whatever the console's alphabet
    [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new()
    $env:PYTHONUTF8 = '1'
    $env:_KANBAN_COMPLETE = 'line'
    $env:_KANBAN_LINE = $line
    try { $lines = @(kanban 2>$null) }
    finally {
        $env:_KANBAN_COMPLETE = $null; $env:_KANBAN_LINE = $null
        $env:PYTHONUTF8 = $written; [Console]::OutputEncoding = $read
    }
    if ($lines.Count -lt 2) { return }  # files and folders: PowerShell completes them itself
    foreach ($one in $lines[1..($lines.Count - 1)]) {
        $value, $said = $one -split "`t", 2
        if (-not $said) { $said = $value }
        $typed = if ($value -match '[^\p{L}\p{N}_=./:+%~-]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
        [System.Management.Automation.CompletionResult]::new($typed, $value, 'ParameterValue', $said)
    }
}
