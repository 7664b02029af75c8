@echo off
"%~dp0python\python.exe" "%~dp0app\dropped.py" report %*
pause
